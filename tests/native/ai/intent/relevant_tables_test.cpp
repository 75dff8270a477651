#include "ai/intent/relevant_tables.h"

#include <algorithm>
#include <array>
#include <string>

#include "native/catch.h"

namespace mydba::ai::intent {
namespace {

struct Subject {
  const char* name;
  const char* columns;  ///< separated by blanks
};

constexpr std::array<Subject, 20> subjects{{
    {"customers", "name email phone country"},
    {"suppliers", "name iban city"},
    {"invoices", "number amount due_on"},
    {"payments", "method received_at"},
    {"shipments", "carrier tracking_code shipped_at"},
    {"warehouses", "address capacity"},
    {"employees", "first_name last_name salary"},
    {"contracts", "signed_on expires_on"},
    {"vehicles", "license_plate mileage"},
    {"machines", "serial_number manufacturer"},
    {"complaints", "severity text"},
    {"campaigns", "budget channel"},
    {"courses", "title credits"},
    {"rooms", "floor seats"},
    {"tickets", "priority assignee"},
    {"surveys", "question answer"},
    {"budgets", "fiscal_year planned"},
    {"licences", "valid_until holder"},
    {"inspections", "inspector outcome"},
    {"recipes", "ingredient calories"},
}};
constexpr std::array<const char*, 10> areas = {"sales",   "hr",     "finance", "legal",
                                               "fleet",   "retail", "school",  "hospital",
                                               "archive", "factory"};

/// 200 tables: each subject in each area, tied to the area's customers.
Schema catalogue() {
  Schema schema;
  for (const std::string area : areas)
    for (const Subject& subject : subjects) {
      SchemaTable table{.name = area + "_" + subject.name};
      table.columns.push_back({.name = "id", .primaryKey = true});
      std::string columns = subject.columns;
      while (!columns.empty()) {
        const auto end = std::min(columns.find(' '), columns.size());
        table.columns.push_back({.name = columns.substr(0, end)});
        columns.erase(0, end + 1);
      }
      if (std::string(subject.name) != "customers") {
        table.columns.push_back({.name = "customer_id"});
        table.foreignKeys.push_back({{"customer_id"}, area + "_customers", {"id"}});
      }
      schema.tables.push_back(std::move(table));
    }
  return schema;
}

bool finds(const Schema& schema, const std::string& question, const std::string& table,
           std::size_t k) {
  const auto found = relevantTables(question, schema, k);
  return std::ranges::any_of(found, [&](TableId id) { return schema.tables[id].name == table; });
}

}  // namespace

TEST_CASE("the tables of a question are found among 200", "[intent]") {
  const Schema schema = catalogue();
  REQUIRE(schema.tables.size() == 200);
  int asked = 0;
  int found = 0;
  for (const std::string area : areas)
    for (const Subject& subject : subjects) {
      const std::string columns = subject.columns;
      const std::string last = columns.substr(columns.rfind(' ') + 1);
      const std::string questions[] = {
          "how many " + std::string(subject.name) + " are there in " + area,
          "which " + area + " " + subject.name + " have the highest " + last,
          "list the " + last + " of " + subject.name + " (" + area + ") with their customer"};
      found += finds(schema, questions[asked++ % 3], area + "_" + subject.name, 8);
    }
  WARN("recall@8 among 200 tables: " << found << "/" << asked);
  CHECK(found * 100 >= asked * 95);
}

TEST_CASE("comments, columns and keys lead to tables too", "[intent]") {
  const Schema schema{
      .tables = {{.name = "t1", .comment = "stays of patients", .columns = {{.name = "id"}}},
                 {.name = "t2",
                  .columns = {{.name = "blood_pressure"}},
                  .foreignKeys = {{{"t1_id"}, "t1", {"id"}}}},
                 {.name = "t3", .columns = {{.name = "colour"}}}}};
  CHECK(finds(schema, "patients by age", "t1", 1));
  CHECK(finds(schema, "average blood pressure", "t2", 1));
  CHECK(finds(schema, "average blood pressure", "t1", 2));
  CHECK_FALSE(finds(schema, "average blood pressure", "t3", 3));
  CHECK(relevantTables("nothing of the kind", schema, 3).empty());
}

}  // namespace mydba::ai::intent
