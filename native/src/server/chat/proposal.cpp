// SQL that somebody else wrote, before the user can run it.

#include "ai/check_sql.h"
#include "ai/markdown.h"
#include "engines/engine.h"
#include "server/chat/commands.h"
#include "server/chat/model_turn.h"
#include "server/server.h"

namespace mydba::server::chat {

std::vector<std::string> problemsOf(Turn& turn, const std::string& sql) {
  const auto session = turn.session();
  if (!session) return {session.error().message};
  std::vector<std::string> problems;
  // Names are the server's to judge: of a large database only some tables are known here. A missing
  // LIMIT does no harm: what is shown of a result is read as far as somebody looks.
  for (const auto& problem : ai::checkProposedSql(sql, (*session)->dialect(), nullptr))
    if (problem.id != "no-limit") problems.push_back(problem.message);
  if (!problems.empty()) return problems;
  // An engine without plans has only reading to go by.
  if (!hasPlans(**session)) return problems;
  if (const auto plan = planOf(turn, sql); !plan) problems.push_back(plan.error().message);
  return problems;
}

bool showProposal(Turn& turn, const std::string& sql, std::string_view why) {
  const auto problems = problemsOf(turn, sql);
  std::string text = why.empty() ? std::string() : ai::escaped(why, 1000) + "\n";
  text += ai::codeBlock(problems.empty() ? "sql" : "text", sql);
  if (problems.empty()) {
    turn.say(text + "\nIt reads only, and the server can plan it.\n\n");
    turn.offer(
        {.title = "Run the statement", .action = protocol::ChatAction::runQuery, .sql = sql});
    return true;
  }
  text += "\n⚠️ **Not offered to be run:**\n\n";
  for (const std::string& problem : problems) text += "- " + ai::escaped(problem, 500) + "\n";
  turn.say(text + "\n");
  return false;
}

}  // namespace mydba::server::chat
