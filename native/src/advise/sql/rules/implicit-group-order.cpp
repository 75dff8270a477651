#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

// GROUP BY sorted until MySQL 8.0; MariaDB counts from 10.
constexpr int sortsNoMore = 800;

void check(const Subject& subject, Report& report) {
  if (!subject.version() || *subject.version() >= sortsNoMore) return;
  for (const Query& query : subject.queries())
    if (!query.groups.empty() && query.orders.empty() && query.verb == Verb::select)
      report.addToken(query.groupAt,
                      "This server sorts what it groups: ORDER BY NULL saves the sort "
                      "where the order does not matter");
}

}  // namespace

extern const SqlRule implicitGroupOrderRule;
const SqlRule implicitGroupOrderRule{.id = "implicit-group-order",
                                     .severity = Severity::info,
                                     .dialects = mysqlDialects,
                                     .check = check};

}  // namespace mydba::advise
