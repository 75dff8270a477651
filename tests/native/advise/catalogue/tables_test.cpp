// Rules for tables, on the catalogues of tests/sql/tables.

#include <filesystem>
#include <fstream>

#include "advise/catalogue/lint.h"
#include "native/catch.h"
#include "rag/document.h"
#include "rpc/json.h"

using namespace mydba;
using namespace mydba::advise;

namespace {

using Json = rpc::Json;

std::optional<double> number(const Json& object, const char* name) {
  return object.contains(name) ? std::optional(object[name].get<double>()) : std::nullopt;
}

std::vector<std::string> texts(const Json& object, const char* name) {
  return object.value(name, std::vector<std::string>{});
}

/// `"id bigint"`, or an object.
ColumnFacts columnOf(const Json& json) {
  ColumnFacts column;
  if (json.is_string()) {
    const std::string text = json;
    column.name = text.substr(0, text.find(' '));
    column.type = text.substr(text.find(' ') + 1);
    return column;
  }
  column.name = json["name"];
  column.type = json["type"];
  column.reservedName = json.value("reserved", false);
  column.notNull = json.value("notNull", false);
  column.collation = json.value("collation", "");
  column.charset = json.value("charset", "");
  column.lastNumber = number(json, "lastNumber");
  column.mostNumber = number(json, "mostNumber");
  return column;
}

IndexFacts indexOf(const Json& json) {
  IndexFacts index{.name = json["name"], .included = texts(json, "included")};
  for (const Json& column : json["columns"])  // "a" or ["a", "DESC"]
    index.columns.push_back(column.is_string() ? IndexColumn{.name = column, .how = {}}
                                               : IndexColumn{.name = column[0], .how = column[1]});
  index.method = json.value("method", "btree");
  index.predicate = json.value("predicate", "");
  index.primary = json.value("primary", false);
  index.unique = json.value("unique", false);
  index.backsConstraint = json.value("backsConstraint", false);
  index.valid = json.value("valid", true);
  index.scans = number(json, "scans");
  index.bytes = number(json, "bytes");
  return index;
}

TableFacts tableOf(const Json& json) {
  TableFacts table;
  table.schema = json.value("schema", "public");
  table.name = json["name"];
  table.reservedName = json.value("reserved", false);
  table.storage = json.value("storage", "");
  table.transactional = json.value("transactional", true);
  table.logged = json.value("logged", true);
  table.clustered = json.value("clustered", false);
  table.collation = json.value("collation", "");
  table.rows = number(json, "rows");
  for (const Json& column : json["columns"]) table.columns.push_back(columnOf(column));
  for (const Json& index : json.value("indexes", Json::array()))
    table.indexes.push_back(indexOf(index));
  for (const Json& key : json.value("foreignKeys", Json::array()))
    table.foreignKeys.push_back({.name = key["name"],
                                 .columns = texts(key, "columns"),
                                 .parentSchema = table.schema,
                                 .parentTable = key["table"],
                                 .parentColumns = texts(key, "references"),
                                 .validated = key.value("validated", true)});
  return table;
}

CatalogueFacts factsOf(const Json& json) {
  CatalogueFacts facts;
  facts.dialect = sql::findDialect(json.value("dialect", "postgres"));
  facts.indexesForeignKeys = json.value("indexesForeignKeys", false);
  facts.jsonIsText = json.value("jsonIsText", false);
  facts.looseTypes = json.value("looseTypes", false);
  facts.numberedRows = json.value("numberedRows", false);
  facts.countedDays = number(json, "countedDays");
  for (const Json& table : json["tables"]) facts.tables.push_back(tableOf(table));
  return facts;
}

Json examplesOf(std::string_view rule) {
  std::ifstream file(MYDBA_SOURCE_DIR "/tests/sql/tables/" + std::string(rule) + ".json");
  INFO(rule);
  REQUIRE(file);
  return Json::parse(file);
}

}  // namespace

TEST_CASE("every rule for tables fires on its bad examples and is silent on the others", "[lint]") {
  for (const TableRule* rule : tableRules()) {
    const Json examples = examplesOf(rule->id);
    for (const char* kind : {"bad", "good", "near"}) {
      REQUIRE(!examples[kind].empty());
      for (const Json& example : examples[kind]) {
        INFO(rule->id << " " << kind << ": " << example.dump());
        const auto findings = lintTables(factsOf(example), {std::string(rule->id)});
        CHECK(findings.empty() != (kind == std::string("bad")));
        for (const TableFinding& finding : findings) CHECK(finding.message.size() > 20);
      }
    }
  }
}

TEST_CASE("every rule for tables has a section with its official page", "[lint]") {
  const auto document = rag::findDocument("all/table-rules");
  REQUIRE(document);
  for (const TableRule* rule : tableRules()) {
    INFO(rule->id);
    CHECK(rag::sourceOf(*document, rule->id).value_or("").starts_with("https://"));
  }
}

TEST_CASE("one finding is graded by how bad it is", "[lint]") {
  const auto severityAt = [](double last) {
    TableFacts table{.schema = "public", .name = "orders"};
    table.columns.push_back(
        {.name = "id", .type = "integer", .lastNumber = last, .mostNumber = 2147483647});
    CatalogueFacts facts{.dialect = sql::findDialect("postgres"), .tables = {table}};
    return lintTables(facts, {"key-near-its-end"}).at(0).severity;
  };
  CHECK(severityAt(1.2e9) == Severity::info);
  CHECK(severityAt(1.7e9) == Severity::warning);
  CHECK(severityAt(2.1e9) == Severity::critical);
}

TEST_CASE("findings name the table and the part of it", "[lint]") {
  TableFacts table{.schema = "shop", .name = "orders"};
  table.columns.push_back({.name = "id", .type = "bigint"});
  table.indexes = {{.name = "a", .columns = {{"id", ""}}, .method = "btree"},
                   {.name = "b", .columns = {{"id", ""}}, .method = "btree"}};
  CatalogueFacts facts{.dialect = sql::findDialect("postgres"), .tables = {table}};
  const auto findings = lintTables(facts);
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].id == "duplicate-index");
  CHECK(findings[0].schema == "shop");
  CHECK(findings[0].table == "orders");
  CHECK(findings[0].object == "b");
  CHECK(findings[0].citation.anchor == "all/table-rules#duplicate-index");
  CHECK(findings[1].id == "table-without-primary-key");
  CHECK(findings[1].object == "");
}
