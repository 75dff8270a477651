#include "privacy/redactor.h"
#include "tools/row_page.h"
#include "tools/tool.h"

namespace mydba::tools {
namespace {

constexpr std::int64_t mostRows = 50;

/// The user is asked about every statement, also where his own would not be asked about: what an
/// agent wants to write he has not written himself.
Result<guard::CheckedStatement> admitOne(const Bench& bench, std::string_view sql) {
  auto judged = bench.audit.judge(bench.gate, sql);
  if (!judged) return judged.error();
  if (judged->size() != 1)
    return Error{.code = ErrorCode::invalidParams,
                 .message = judged->empty() ? "there is no statement in it"
                                            : "only one statement can be run at a time"};
  const auto answer = bench.confirm(judged->front());
  if (!answer) return answer.error();
  if (*answer == guard::Confirmation::declined)
    return Error{.code = ErrorCode::refused, .message = "the user declined"};
  return bench.audit.admit(
      bench.gate, std::move(judged->front()),
      [&](const guard::JudgedStatement&) -> Result<guard::Confirmation> { return *answer; });
}

Result<Json> write(const Bench& bench, const std::string& sql, RowPage page) {
  const auto statement = admitOne(bench, sql);
  if (!statement) return statement.error();
  const auto began = bench.audit.begins(*statement);
  if (!began) return began.error();
  const auto start = Clock::now();
  auto ran = bench.connection.run(*statement, page, bench.cancel);
  bench.audit.ended(*began, ran, page.affected(), millisecondsSince(start));
  if (!ran) return privacy::withoutSecretsOf(sql, dialectOf(bench.connection), ran.error());
  return page.json();
}

Result<Json> run(const Arguments& arguments, Desk& desk) {
  const auto connection = arguments.text("connection");
  const auto sql = arguments.text("sql");
  if (auto complete = arguments.complete(); !complete) return complete.error();
  desk.progress("Waiting for the user to confirm");
  return desk.withConnection(connection, Access::write, [=](const Bench& bench) {
    return write(bench, sql, RowPage(0, mostRows));
  });
}

}  // namespace

extern const Tool runWriteStatement{
    .name = "run_write_statement",
    .title = "Run a statement that writes",
    .description =
        "Runs one statement that changes data or structure. The user is shown it, with "
        "what it will do, and confirms or declines each one. Only for connections that "
        "list_connections calls writable.",
    .writes = true,
    .run = run};

}  // namespace mydba::tools
