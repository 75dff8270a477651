#include "advise/sql/rule.h"

namespace mydba::advise {
namespace {

// From here on a server's limits of packet, parameter and log size come near.
constexpr std::uint32_t most = 1000;

void check(const Subject& subject, Report& report) {
  for (const Query& query : subject.queries())
    if ((query.verb == Verb::insert || query.verb == Verb::replace) && query.rows > most)
      report.addToken(query.valuesAt, std::to_string(query.rows) +
                                          " rows in one statement: insert in batches, or load "
                                          "them with COPY or LOAD DATA");
}

}  // namespace

extern const SqlRule manyRowsInsertRule;
const SqlRule manyRowsInsertRule{
    .id = "many-rows-insert", .severity = Severity::info, .check = check};

}  // namespace mydba::advise
