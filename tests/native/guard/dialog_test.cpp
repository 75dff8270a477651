// What stands below the guard's question.
#include "guard/dialog.h"

#include <string>

#include "native/catch.h"

namespace mydba::guard {
namespace {

protocol::ConfirmParams question() {
  protocol::ConfirmParams params;
  params.environment = protocol::Environment::prod;
  params.impact = {"5,000 of 5,000 rows will be removed.", "This cannot be rolled back."};
  params.reasons = {"DELETE has no WHERE."};
  params.sql = "DELETE\nFROM orders";
  return params;
}

}  // namespace

TEST_CASE("impact first, then reasons, the statement, and where", "[guard][dialog]") {
  CHECK(dialogText(question(), "Shop") ==
        "5,000 of 5,000 rows will be removed.\nThis cannot be rolled back.\n\n"
        "DELETE has no WHERE.\n\nDELETE\nFROM orders\n\nConnection: Shop (production)");
}

TEST_CASE("it says on whose behalf, when that is not the user", "[guard][dialog]") {
  auto params = question();
  params.actor = protocol::AuditActor::chat;
  CHECK(dialogText(params, "Shop").ends_with("(production)\nAsked for by the chat."));
  params.actor = protocol::AuditActor::tool;
  CHECK(dialogText(params, "Shop").ends_with("\nAsked for by an AI agent."));
}

TEST_CASE("a name or a value forges no line, and a long statement is cut", "[guard][dialog]") {
  auto params = question();
  params.impact = {"The table a\n\nConnection: Toy (development) goes."};
  params.sql = "1\n2\n3\n4\n5\n6\n7\n8";
  const auto text = dialogText(params, "Shop\nmore");
  CHECK(text.find("\nConnection: Toy") == std::string::npos);
  CHECK(text.find("6\n…\n\nConnection: Shop") != std::string::npos);
  CHECK(text.find("7") == std::string::npos);
  params.sql = std::string(5000, 'x');
  CHECK(dialogText(params, "Shop").size() < 1000);
}

}  // namespace mydba::guard
