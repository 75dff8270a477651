#include "codec.h"
#include "plan/explain.h"
#include "plan/text_tree.h"
#include "tools/finding_json.h"
#include "tools/tool.h"

namespace mydba::tools {
namespace {

Result<Json> plan(const Bench& bench, const std::string& sql) {
  const auto statement = bench.gate.admitToExplain(sql, /*analyze=*/false, bench.confirm);
  if (!statement) return statement.error();
  auto tree = plan::explain(bench.connection, *statement, /*analyze=*/false, bench.cancel);
  if (!tree) return tree.error();
  const auto result = plan::examine(std::move(*tree));
  return Json{{"summary", protocol::encode(result.summary)},
              {"plan", shortened(result.text)},
              {"findings", findingsJson(result.findings)}};
}

Result<Json> run(const Arguments& arguments, Desk& desk) {
  const auto connection = arguments.text("connection");
  const auto sql = arguments.text("sql");
  if (auto complete = arguments.complete(); !complete) return complete.error();
  desk.progress("Asking the server for the plan");
  return desk.withConnection(connection, Access::read,
                             [sql](const Bench& bench) { return plan(bench, sql); });
}

}  // namespace

extern const Tool explainQuery{
    .name = "explain_query",
    .title = "Explain a query",
    .description =
        "The plan of one statement, without running it: steps with costs and row "
        "estimates, and what is wrong with them, computed by rules, each with what to "
        "do about it and the document that explains it.",
    .run = run};

}  // namespace mydba::tools
