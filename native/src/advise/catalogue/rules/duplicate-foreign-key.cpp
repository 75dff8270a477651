#include "advise/catalogue/likeness.h"
#include "advise/catalogue/rule.h"

namespace mydba::advise {
namespace {

void check(const TableFacts& table, const CatalogueFacts&, TableReport& report) {
  for (std::size_t i = 0; i < table.foreignKeys.size(); ++i)
    for (std::size_t j = 0; j < i; ++j) {
      const ForeignKeyFacts& key = table.foreignKeys[i];
      const ForeignKeyFacts& other = table.foreignKeys[j];
      if (key.columns != other.columns || key.parentColumns != other.parentColumns ||
          key.parentTable != other.parentTable || key.parentSchema != other.parentSchema)
        continue;
      report.add(key.name, "It says the same as " + inCode(other.name) +
                               ", and is checked once more for each row");
      break;
    }
}

}  // namespace

extern const TableRule duplicateForeignKeyRule;
const TableRule duplicateForeignKeyRule{
    .id = "duplicate-foreign-key", .severity = Severity::warning, .check = check};

}  // namespace mydba::advise
