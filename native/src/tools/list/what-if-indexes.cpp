#include "codec.h"
#include "plan/what_if.h"
#include "tools/finding_json.h"
#include "tools/tool.h"

namespace mydba::tools {
namespace {

Json outcome(const protocol::WhatIfResult& result) {
  Json json;
  for (const auto& way : result.ways) {
    if (!way.unavailable) continue;
    Json missing = {{"method", protocol::name(way.method)}, {"unavailable", *way.unavailable}};
    if (way.fix) missing["fix"] = *way.fix;
    json["notAvailable"].push_back(std::move(missing));
  }
  if (!result.before || !result.after) {
    json["note"] = "no method of this server tries an index without touching it";
    return json;
  }
  for (const auto& index : result.indexes)
    json["indexes"].push_back({{"sql", index.sql}, {"used", index.used}});
  json["before"] = {{"summary", protocol::encode(result.before->summary)},
                    {"plan", shortened(result.before->text)}};
  json["after"] = {{"summary", protocol::encode(result.after->summary)},
                   {"plan", shortened(result.after->text)}};
  if (result.comparison) json["verdict"] = protocol::encode(result.comparison->verdict);
  json["notices"] = result.notices;
  return json;
}

Result<Json> tryIndexes(const Bench& bench, const std::string& sql,
                        const std::vector<std::string>& indexes) {
  const auto statement = bench.gate.admitToExplain(sql, /*analyze=*/false, bench.confirm);
  if (!statement) return statement.error();
  // Only methods that do nothing to the server: others are the user's to choose, in the editor.
  const plan::AdmitIndex never = [](const sql::IndexWish&) -> Result<void> {
    return Error{.code = ErrorCode::refused, .message = "a tool builds no index"};
  };
  const auto result =
      plan::whatIf(bench.connection, *statement, indexes, std::nullopt, never, bench.cancel);
  if (!result) return result.error();
  return outcome(*result);
}

Result<Json> run(const Arguments& arguments, Desk& desk) {
  const auto connection = arguments.text("connection");
  const auto sql = arguments.text("sql");
  const auto indexes = arguments.texts("indexes", 5);
  if (auto complete = arguments.complete(); !complete) return complete.error();
  desk.progress("Planning with indexes that are not there");
  return desk.withConnection(connection, Access::read,
                             [=](const Bench& bench) { return tryIndexes(bench, sql, indexes); });
}

}  // namespace

extern const Tool whatIfIndexes{
    .name = "what_if_indexes",
    .title = "Try indexes that are not there",
    .description =
        "The plan that one statement would have with the indexes of some CREATE INDEX "
        "statements, beside today's, without building them and without running the "
        "statement. Use it before an index is proposed.",
    .run = run};

}  // namespace mydba::tools
