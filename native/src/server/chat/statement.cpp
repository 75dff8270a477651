// What the commands about a statement have in common.

#include <algorithm>
#include <set>

#include "advise/catalogue/connected_tables.h"
#include "advise/sql/lint.h"
#include "engines/engine.h"
#include "plan/explain.h"
#include "server/chat/commands.h"
#include "server/server.h"

namespace mydba::server::chat {
namespace {

protocol::Finding findingOf(advise::LintFinding found) {
  protocol::Finding finding;
  finding.id = std::string(found.id);
  finding.severity = found.severity;
  finding.title = std::string(found.id);
  std::ranges::replace(finding.title, '-', ' ');
  finding.message = std::move(found.message);
  if (finding.message.ends_with('.')) finding.message.pop_back();
  finding.confidence = protocol::Confidence::likely;
  finding.citation = std::move(found.citation);
  if (found.fix) finding.remedies.push_back({.title = found.fix->title, .sql = {}, .tradeOff = ""});
  return finding;
}

}  // namespace

bool hasPlans(const Session& session) {
  return std::ranges::find(session.engine().descriptor().facets, protocol::Facet::explain) !=
         session.engine().descriptor().facets.end();
}

Result<protocol::ExplainResult> planOf(Turn& turn, const std::string& sql) {
  const auto session = turn.session();
  if (!session) return session.error();
  if (!hasPlans(**session))
    return Error{.code = ErrorCode::unsupported,
                 .message = (*session)->engine().descriptor().title + " has no query plans",
                 .hint =
                     "It does what a command says: what that costs depends on the command and "
                     "on the size of its keys, as the sources below tell"};
  const auto gate = turn.readingGate();
  if (!gate) return gate.error();
  const auto statement = gate->admitToExplain(sql, /*analyze=*/false, {});
  if (!statement) return statement.error();
  turn.progress("Asking the server for the plan");
  return turn.onTools<protocol::ExplainResult>(
      [statement = *statement,
       cancel = turn.call().cancel()](Connection& connection) -> Result<protocol::ExplainResult> {
        auto tree = plan::explain(connection, statement, /*analyze=*/false, cancel);
        if (!tree) return tree.error();
        return plan::examine(std::move(*tree));
      });
}

std::vector<protocol::Finding> lintFindings(Turn& turn, const std::string& sql) {
  const auto session = turn.session();
  if (!session) return {};
  std::vector<protocol::Finding> findings;
  std::set<std::string_view> seen;
  for (auto& found : advise::lint(sql, (*session)->dialect()))
    if (seen.insert(found.id).second) findings.push_back(findingOf(std::move(found)));
  return findings;
}

Result<std::vector<protocol::Finding>> tableFindings(Turn& turn, const std::string& sql) {
  turn.progress("Reading what the catalogue says of its tables");
  auto found = turn.onTools<std::vector<advise::LintFinding>>(
      [sql, cancel = turn.call().cancel()](
          Connection& connection) -> Result<std::vector<advise::LintFinding>> {
        Catalogue* catalogue = connection.catalogue();
        if (!catalogue) return std::vector<advise::LintFinding>();
        return advise::ConnectedTables(*catalogue).lintUsed(sql, dialectOf(connection), {}, cancel);
      });
  if (!found) return found.error();
  std::vector<protocol::Finding> findings;
  for (auto& one : *found) findings.push_back(findingOf(std::move(one)));
  return findings;
}

std::optional<std::string> wantedStatement(Turn& turn, std::string_view command) {
  auto sql = turn.statement();
  if (sql && sql->find_first_not_of(" \t\r\n;") != std::string::npos) {
    turn.facts.sql = sql;
    return sql;
  }
  turn.say("Which statement? Type it behind `/" + std::string(command) +
           "`, or put the cursor on one in a `.sql` file and ask again.\n");
  return std::nullopt;
}

}  // namespace mydba::server::chat
