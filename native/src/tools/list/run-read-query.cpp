#include "privacy/redactor.h"
#include "tools/row_page.h"
#include "tools/tool.h"

namespace mydba::tools {
namespace {

/// One statement, no more: what an agent sends is to be seen as what it is.
Result<guard::CheckedStatement> admitOne(const Bench& bench, std::string_view sql) {
  auto judged = bench.audit.judge(bench.gate, sql);
  if (!judged) return judged.error();
  if (judged->size() != 1)
    return Error{.code = ErrorCode::invalidParams,
                 .message = judged->empty() ? "there is no statement in it"
                                            : "only one statement can be run at a time"};
  return bench.audit.admit(bench.gate, std::move(judged->front()), bench.confirm);
}

Result<Json> query(const Bench& bench, const std::string& sql, RowPage page) {
  const auto statement = admitOne(bench, sql);
  if (!statement) return statement.error();
  const auto began = bench.audit.begins(*statement);
  if (!began) return began.error();
  const auto start = Clock::now();
  auto ran = bench.connection.run(*statement, page, bench.cancel);
  bench.audit.ended(*began, ran, std::nullopt, millisecondsSince(start));
  if (!ran) return privacy::withoutSecretsOf(sql, dialectOf(bench.connection), ran.error());
  return page.json();
}

Result<Json> run(const Arguments& arguments, Desk& desk) {
  const auto connection = arguments.text("connection");
  const auto sql = arguments.text("sql");
  const auto limit = arguments.integer("limit", 50, 1, 200);
  const auto offset = arguments.integer("offset", 0, 0, 100000);
  if (auto complete = arguments.complete(); !complete) return complete.error();
  desk.progress("Running a query");
  return desk.withConnection(connection, Access::read, [=](const Bench& bench) {
    return query(bench, sql, RowPage(offset, limit));
  });
}

}  // namespace

extern const Tool runReadQuery{
    .name = "run_read_query",
    .title = "Run a read-only query",
    .description =
        "Runs one statement that only reads and returns a page of its rows. Anything "
        "that could change data, settings or sessions is refused, by this program and "
        "by the server. Values of columns that look like secrets are shown as •••. Ask "
        "for the next page with the nextOffset that the answer gives.",
    .run = run};

}  // namespace mydba::tools
