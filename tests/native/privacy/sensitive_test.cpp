#include "privacy/sensitive.h"

#include <fstream>
#include <sstream>
#include <string>

#include "native/catch.h"
#include "privacy/marks.h"
#include "privacy/name_words.h"

namespace mydba::privacy {
namespace {

using protocol::ColumnKind;
using protocol::Sensitivity;

std::string markOf(const std::string& name, const std::string& type) {
  const auto found = findSensitive(name, kindOfType(type));
  if (!found) return "-";
  return found->sensitivity == Sensitivity::secret ? "secret" : "personal";
}

TEST_CASE("names of columns are marked as tests/privacy/names.tsv says") {
  std::ifstream file(MYDBA_SOURCE_DIR "/tests/privacy/names.tsv");
  int checked = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with('#')) continue;
    std::istringstream fields(line);
    std::string mark;
    std::string name;
    std::string type;
    std::getline(fields, mark, '\t');
    std::getline(fields, name, '\t');
    std::getline(fields, type, '\t');
    ++checked;
    INFO(line);
    CHECK(markOf(name, type) == mark);
  }
  CHECK(checked >= 500);
}

TEST_CASE("every mark has a reason and a source") {
  for (const char* name :
       {"password", "api_token", "private_key", "cvv", "ssn", "iban", "email", "phone",
        "ip_address", "street", "dob", "surname", "wage", "religion", "gender"}) {
    INFO(name);
    const auto found = findSensitive(name, ColumnKind::text);
    REQUIRE(found);
    CHECK(found->because.starts_with("it "));
    CHECK_FALSE(found->source.empty());
  }
}

TEST_CASE("names are taken apart into words") {
  using Words = std::vector<std::string>;
  CHECK(nameWords("userEMail_2") == Words{"user", "e", "mail", "2"});
  CHECK(nameWords("IDNumber") == Words{"id", "number"});
  CHECK(nameWords("Straße") == Words{"strasse"});
  CHECK(nameWords("CONTRASEÑA") == Words{"contrasena"});
  CHECK(nameWords("カード番号 2") == Words{"カード番号", "2"});
  CHECK(nameWords("").empty());
  CHECK(nameWords("\xff\xfe_\x80").size() <= 2);
}

TEST_CASE("what is redacted depends on the setting, and agents never get secrets") {
  using protocol::AuditActor;
  using protocol::Redact;
  const std::vector<protocol::Column> columns = {
      {.name = "id", .type = "int", .kind = ColumnKind::number},
      {.name = "email", .type = "text", .kind = ColumnKind::text},
      {.name = "password", .type = "text", .kind = ColumnKind::text}};
  const auto redacted = [&](std::optional<AuditActor> actor, std::optional<Redact> setting) {
    std::string names;
    for (const auto& column : marked(columns, viewerOf(actor, setting)))
      if (column.redacted.value_or(false)) names += column.name + " ";
    return names;
  };
  CHECK(redacted(std::nullopt, std::nullopt) == "password ");
  CHECK(redacted(AuditActor::grid, Redact::all) == "email password ");
  CHECK(redacted(AuditActor::editor, Redact::none).empty());
  CHECK(redacted(AuditActor::chat, Redact::none) == "password ");
  CHECK(redacted(AuditActor::tool, Redact::none) == "password ");
  CHECK(redacted(AuditActor::mcp, Redact::all) == "email password ");
  const auto marks = marked(columns, viewerOf(std::nullopt, std::nullopt));
  CHECK_FALSE(marks[0].sensitive);
  CHECK(marks[1].sensitive == Sensitivity::personal);
  CHECK(marks[2].sensitiveBecause == "it looks like a password");
}

TEST_CASE("columns of the tree say what they hold, and keep the mark of a key") {
  const auto column = [](std::string name, std::string detail, std::string icon) {
    return protocol::TreeNode{.name = std::move(name),
                              .kind = "column",
                              .detail = std::move(detail),
                              .icon = std::move(icon)};
  };
  std::vector<protocol::TreeNode> nodes = {
      column("password", "varchar(60) not null = 'int'", "symbol-field"),
      column("email", "text", "key"), column("token", "boolean", "symbol-field"),
      column("title", "text", "symbol-field")};
  nodes.push_back({.name = "password", .kind = "table", .icon = "table"});
  markColumns(nodes);
  CHECK(nodes[0].tooltip == "Secret: it looks like a password");
  CHECK(nodes[0].icon == "lock");
  CHECK(nodes[1].tooltip == "Personal: it looks like somebody's mail address");
  CHECK(nodes[1].icon == "key");
  for (std::size_t i = 2; i < nodes.size(); ++i) CHECK_FALSE(nodes[i].tooltip);
}

}  // namespace
}  // namespace mydba::privacy
