#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

void check(const Subject& subject, Report& report) {
  bool entity = false, attribute = false, value = false;
  const auto& columns = subject.outline().columns();
  for (const auto& column : columns) {
    const std::string name = subject.name(column.name);
    entity |= name == "entity_id" || name == "object_id" || name == "item_id";
    attribute |= name == "attribute" || name == "attribute_id" || name == "attribute_name" ||
                 name == "attr_name" || name == "property_name";
    value |= name == "value" || name == "attribute_value" || name == "attr_value" ||
             name == "property_value";
  }
  if (entity && attribute && value && columns.size() <= 8)
    report.add(
        subject.outline().createdTable(),
        "Entity, attribute, value: no attribute has a type or a constraint, and each needs a "
        "join. Use columns, or one JSON column for what is open");
}

}  // namespace

extern const SqlRule eavTableRule;
const SqlRule eavTableRule{.id = "eav-table", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
