#include "advise/catalogue/likeness.h"
#include "advise/catalogue/rule.h"

namespace mydba::advise {
namespace {

bool isNarrow(const std::string& charset) {
  return charset == "utf8mb3" || charset == "utf8" || charset == "latin1" || charset == "ucs2";
}

void check(const TableFacts& table, const CatalogueFacts&, TableReport& report) {
  std::vector<std::string> columns;
  std::string charset;
  for (const ColumnFacts& column : table.columns)
    if (isNarrow(column.charset)) {
      columns.push_back(column.name);
      charset = column.charset;
    }
  if (columns.empty()) return;
  report.add(
      "",
      "In " + charset + " (" + listed(columns) +
          ") many characters cannot be stored: emoji, rare Chinese letters. Convert to utf8mb4");
}

}  // namespace

extern const TableRule threeByteCharsetRule;
const TableRule threeByteCharsetRule{
    .id = "three-byte-charset", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
