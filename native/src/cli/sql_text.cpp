#include "cli/sql_text.h"

#include <algorithm>
#include <cstdio>
#include <vector>

#include "cli/report.h"

namespace mydba::cli {

void printLines(const std::string& sql) {
  for (std::size_t at = 0; at < sql.size();) {
    const std::size_t end = std::min(sql.find('\n', at), sql.size());
    std::puts(printable(sql.substr(at, end - at)).c_str());
    at = end + 1;
  }
}

Exit runSqlCommand(const SqlCommand& command, Arguments arguments) {
  std::vector<Flag> flags(command.flags.begin(), command.flags.end());
  flags.push_back({"dialect", true});
  flags.push_back({"jsonl", false});
  const auto parsed = parseArguments(arguments, flags);
  if (!parsed) return fail(command.name, parsed.error(), false);
  const bool json = parsed->has("json");
  const auto dialect = dialectOf(*parsed);
  if (!dialect) return fail(command.name, dialect.error(), json);
  if (parsed->has("jsonl"))
    return eachJsonLine([&](const rpc::Json& line) -> Result<rpc::Json> {
      const auto request = sqlLine(line, **dialect);
      if (!request) return request.error();
      return command.answer(*request, *parsed);
    });
  auto text = readText(*parsed);
  if (!text) return fail(command.name, text.error(), json);
  const SqlLine request{.sql = std::move(*text), .dialect = *dialect};
  const rpc::Json answer = command.answer(request, *parsed);
  if (json)
    printJson(answer);
  else
    command.print(request, answer);
  return Exit::done;
}

}  // namespace mydba::cli
