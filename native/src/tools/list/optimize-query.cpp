#include "optimize/propose.h"
#include "tools/finding_json.h"
#include "tools/tool.h"

namespace mydba::tools {
namespace {

using optimize::Proposal;
using optimize::Proposals;
using optimize::Side;

/// Plans of more proposals would leave no room for the proposals.
constexpr std::size_t mostPlans = 2;

std::string_view kindName(Proposal::Kind kind) {
  switch (kind) {
    case Proposal::Kind::index: return "index";
    case Proposal::Kind::rewrite: return "rewrite";
    case Proposal::Kind::advice: return "advice";
  }
  return "";
}

std::string_view proofName(Proposal::Proof proof) {
  switch (proof) {
    case Proposal::Proof::proven: return "proven";
    case Proposal::Proof::planned: return "planned";
    case Proposal::Proof::unproven: return "unproven";
  }
  return "";
}

Json numbers(const Side& side) {
  Json json = Json::object();
  if (side.rows) json["rows"] = *side.rows;
  if (side.ms) json["medianMs"] = *side.ms;
  if (side.cost) json["cost"] = *side.cost;
  return json;
}

Json proposalJson(const Proposal& proposal) {
  Json json = {{"kind", kindName(proposal.kind)},
               {"proof", proofName(proposal.proof)},
               {"reason", proposal.reason},
               {"title", proposal.title}};
  if (!proposal.sql.empty()) json["sql"] = proposal.sql;
  if (!proposal.holdsWhile.empty()) json["holdsWhile"] = proposal.holdsWhile;
  json["why"] = proposal.why;
  json["document"] = proposal.citation.anchor;
  json["url"] = proposal.citation.url;
  json["before"] = numbers(proposal.before);
  json["after"] = numbers(proposal.after);
  return json;
}

Json proposalsJson(const Proposals& found) {
  Json list = Json::array();
  std::size_t bytes = 0, plans = 0;
  for (const Proposal& proposal : found.proposals) {
    Json json = proposalJson(proposal);
    if (!proposal.after.plan.empty() && plans++ < mostPlans)
      json["after"]["plan"] = shortened(proposal.after.plan);
    bytes += json.dump().size();
    if (bytes > mostBytes / 4 * 3) break;
    list.push_back(std::move(json));
  }
  const auto& dropped = found.dropped;
  Json json = {{"proposals", std::move(list)},
               {"dropped",
                {{"different", dropped.different},
                 {"notFaster", dropped.notFaster},
                 {"failed", dropped.failed},
                 {"notUsed", dropped.notUsed}}},
               {"now", numbers(found.now)}};
  json["now"]["plan"] = shortened(found.now.plan);
  return json;
}

Result<Json> run(const Arguments& arguments, Desk& desk) {
  const auto connection = arguments.text("connection");
  const auto sql = arguments.text("sql");
  if (auto complete = arguments.complete(); !complete) return complete.error();
  desk.progress("Trying indexes and other texts of the statement");
  return desk.withConnection(connection, Access::read, [sql](const Bench& bench) -> Result<Json> {
    const auto found =
        optimize::propose(bench.connection, sql, bench.gate, bench.confirm, {}, bench.cancel);
    if (!found) return found.error();
    return proposalsJson(*found);
  });
}

}  // namespace

extern const Tool optimizeQuery{
    .name = "optimize_query",
    .title = "Optimize a query",
    .description =
        "What would make one statement faster: indexes, planned without building them, and other "
        "texts of it, each run beside the statement. Only a proposal whose proof is proven "
        "returned the same rows and was faster; planned is what the planner expects; anything "
        "else is a suggestion and must be presented as one.",
    .run = run};

}  // namespace mydba::tools
