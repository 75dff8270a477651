#include "sample/sample.h"

#include <unistd.h>

#include <cstdio>

#include "cli/flags.h"
#include "cli/interrupt.h"
#include "cli/report.h"
#include "codec.h"

namespace mydba::cli {
namespace {

/// One line that is written over and over; nothing when nobody looks.
void showProgress(const protocol::SampleProgress& progress) {
  if (::isatty(STDERR_FILENO) == 0) return;
  std::fprintf(stderr, "\r\033[K%3.0f %% %s", progress.fraction * 100, progress.message.c_str());
}

void print(const protocol::SampleResult& result, bool json) {
  if (json) return printJson(protocol::encode(result));
  std::vector<std::vector<std::string>> rows{{"table", "rows"}};
  for (const protocol::SampleTable& table : result.tables)
    rows.push_back({table.name, std::to_string(table.rows)});
  printColumns(rows);
  std::printf("\n%s\n%s\n", printable(result.url).c_str(), printable(result.queries).c_str());
}

}  // namespace

Exit sample(Arguments arguments) {
  const auto parsed = parseArguments(arguments, {});
  if (!parsed) return fail("sample", parsed.error(), false);
  const bool json = parsed->has("json");
  if (parsed->positional.size() > 1)
    return fail("sample",
                {.code = ErrorCode::invalidParams,
                 .message = "too many arguments",
                 .hint = "mydba sample [DIR]"},
                json);
  const std::string directory =
      parsed->positional.empty() ? "mydba-sample" : parsed->positional.front();
  Interrupt interrupt;
  const auto result = mydba::sample::createSample(directory, showProgress, interrupt.token());
  if (::isatty(STDERR_FILENO) != 0) std::fputs("\r\033[K", stderr);
  if (!result) return fail("sample", result.error(), json);
  print(*result, json);
  return Exit::done;
}

}  // namespace mydba::cli
