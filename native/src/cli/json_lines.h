#pragma once

#include <functional>
#include <string>

#include "cli/command.h"
#include "cli/flags.h"
#include "rpc/json.h"
#include "sql/dialect.h"

namespace mydba::cli {

/// --jsonl: reads one JSON object a line from stdin and writes one a line to stdout, in order, with
/// the line's `id` in front. A line that is not UTF-8, not JSON or over 64 MiB gets an `error`, and
/// the next line still runs. The exit status is `usage` when a line failed.
Exit eachJsonLine(const std::function<Result<rpc::Json>(const rpc::Json& line)>& answer);

struct SqlLine {
  std::string sql;
  const sql::Dialect* dialect;
};
/// `{id, sql, dialect?}`; a line may name its own dialect.
Result<SqlLine> sqlLine(const rpc::Json& line, const sql::Dialect& fallback);

/// The dialect that --dialect names, `generic` without it.
Result<const sql::Dialect*> dialectOf(const ParsedArguments& parsed);

/// The whole of a file, `-` for stdin.
Result<std::string> readFile(const std::string& path);
/// The same, of text in UTF-8: of the file that the arguments name, or stdin.
Result<std::string> readText(const ParsedArguments& parsed);

}  // namespace mydba::cli
