// Sends what tests plant through the product's own redactor and sender to a service that the test
// runs, and tells what came back. Never packaged.
//
//   mydba_sender_probe PROVIDER URL LOG [off]
//
// reads a JSON object a line, {id, kind, dialect, names, text, statement?} or {…, tool, answer,
// arguments}, each a conversation of its own, and writes {id, shown, called} or {id, error} for
// each: the answer as the user sees it, and as a tool would be called with it.

#include <cstdio>
#include <iostream>
#include <string>

#include "ai/provider_kind.h"
#include "ai/redact/restored_arguments.h"
#include "ai/sender.h"
#include "rpc/json.h"

using namespace mydba;

namespace {

std::string member(const rpc::Json& line, const char* name) {
  const auto found = line.find(name);
  return found == line.end() ? std::string() : found->get<std::string>();
}

/// A scan with `filter`, and a finding that quotes it.
ai::RedactedText plan(ai::Redactor& redactor, const rpc::Json& line) {
  protocol::PlanTree tree;
  tree.sql = member(line, "statement");
  tree.raw = tree.sql;
  tree.notices = {tree.sql};
  tree.root.operation = "Seq Scan";
  tree.root.relation = member(line, "relation");
  tree.root.filter = member(line, "text");
  tree.root.extra = {{"Output", tree.sql}};
  protocol::Finding finding;
  finding.id = "full-table-scan";
  finding.message = "Seq Scan on " + *tree.root.relation + " reads 1,000,000 rows to test " +
                    *tree.root.filter + ", and keeps 3 %";
  return redactor.plan(tree, {finding});
}

ai::RedactedText schema(ai::Redactor& redactor, const rpc::Json& line) {
  const std::string name = member(line, "relation");
  return redactor.schema({{.schema = "",
                           .name = name,
                           .columns = {{name, member(line, "text"), false}},
                           .indexes = {{name, {member(line, "text")}, true}},
                           .references = {},
                           .rows = 5}},
                         ai::SchemaExtent::full);
}

ai::RedactedText redact(ai::Redactor& redactor, const rpc::Json& line) {
  const std::string kind = member(line, "kind");
  const std::string text = member(line, "text");
  if (kind == "prose") return redactor.prose(text);
  if (kind == "plan") return plan(redactor, line);
  if (kind == "schema") return schema(redactor, line);
  if (kind == "tool")
    return redactor.toolAnswer(member(line, "tool"), line["arguments"], line["answer"]);
  if (kind == "error") {
    const std::string statement = member(line, "statement");
    ai::RedactedText sent = redactor.sql(statement);
    return sent.append(redactor.error({.message = text, .engineCode = "42601"}, statement));
  }
  return redactor.sql(text);
}

rpc::Json answer(const rpc::Json& line, const ai::Sender& sender) {
  const auto* dialect = sql::findDialect(member(line, "dialect"));
  const bool alias = member(line, "names") == "alias";
  ai::Redactor redactor(alias ? ai::NamePolicy::alias : ai::NamePolicy::keep,
                        dialect ? *dialect : sql::genericDialect());
  ai::Outgoing outgoing{.model = "small",
                        .purpose = "test",
                        .system = ai::ProgramText("You explain databases."),
                        .messages = {},
                        .tools = {}};
  outgoing.messages.push_back(
      {.role = ai::Role::user, .text = redact(redactor, line), .toolCalls = {}, .toolResults = {}});
  std::string shown;
  const auto got = sender.send(
      outgoing, redactor.conversation(),
      {.text = [&](std::string_view delta) { shown += delta; }, .retry = {}}, CancelToken());
  if (!got) return {{"id", line["id"]}, {"error", name(got.error().code)}};
  const rpc::Json called = ai::restoredArguments(redactor.conversation(), got->said.text());
  return {{"id", line["id"]}, {"shown", shown}, {"called", called}};
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  const auto provider = ai::makeProvider(argv[1], {.baseUrl = argv[2], .key = "key"});
  auto log = store::SentLog::open(argv[3]);
  if (!provider || !log) return 3;
  const auto& where = (*provider)->descriptor();
  ai::PrivacySettings settings{.enabled = argc < 5, .consents = {{where.id, where.address, ""}}};
  ai::Budget budget({.requestsPerMinute = 0});
  const ai::Sender sender(
      {.provider = **provider, .log = **log, .budget = budget, .confirm = {}, .price = {}},
      settings);
  for (std::string text; std::getline(std::cin, text);) {
    const auto line = rpc::parseJson(text);
    if (!line) return 4;
    std::puts(rpc::writeJson(answer(*line, sender)).c_str());
  }
  return 0;
}
