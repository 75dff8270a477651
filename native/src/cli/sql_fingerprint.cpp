#include <cstdio>

#include "cli/report.h"
#include "cli/sql_text.h"
#include "sql/fingerprint.h"

namespace mydba::cli {
namespace {

rpc::Json answer(const SqlLine& line, const ParsedArguments&) {
  const sql::Fingerprint found = sql::fingerprint(line.sql, *line.dialect);
  return {{"fingerprint", found.text}, {"hash", found.hashText()}};
}

void print(const SqlLine&, const rpc::Json& answer) {
  std::printf("%s %s\n", answer["hash"].get<std::string>().c_str(),
              printable(answer["fingerprint"].get<std::string>()).c_str());
}

}  // namespace

Exit sqlFingerprint(Arguments arguments) {
  return runSqlCommand({.name = "sql fingerprint", .answer = answer, .print = print}, arguments);
}

}  // namespace mydba::cli
