#include <algorithm>
#include <string_view>

#include "advise/catalogue/likeness.h"
#include "advise/catalogue/rule.h"
#include "sql/keyword.h"

namespace mydba::advise {
namespace {

constexpr std::string_view moneyWords[] = {"amount", "balance", "cost",   "fee",      "payment",
                                           "price",  "revenue", "salary", "subtotal", "total"};
constexpr std::string_view floatTypes[] = {"real", "float", "float4", "float8", "double"};

bool isMoney(const std::string& name) {
  const std::string last = sql::lowerCase(name.substr(name.rfind('_') + 1));
  return std::find(std::begin(moneyWords), std::end(moneyWords), last) != std::end(moneyWords);
}

bool isFloat(const std::string& type) {
  const std::string base = baseType(type);
  const auto word = base.substr(0, base.find(' '));  // `double precision`, `float unsigned`
  return std::find(std::begin(floatTypes), std::end(floatTypes), word) != std::end(floatTypes);
}

void check(const TableFacts& table, const CatalogueFacts& all, TableReport& report) {
  for (const ColumnFacts& column : table.columns)
    if (isMoney(column.name) && isFloat(column.type))
      report.add(column.name,
                 "It looks like money and is " + inCode(column.type) +
                     ": 0.10 has no exact value in it, so sums drift and comparisons fail. Use " +
                     (all.looseTypes ? "" : "NUMERIC, or ") + "cents as an integer");
}

}  // namespace

extern const TableRule floatForMoneyRule;
const TableRule floatForMoneyRule{
    .id = "float-for-money", .severity = Severity::warning, .check = check};

}  // namespace mydba::advise
