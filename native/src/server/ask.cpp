#include "server/ask.h"

#include <algorithm>

#include "base/utf8.h"
#include "guard/dialog.h"
#include "guard/phrase.h"
#include "guard/question.h"
#include "privacy/redactor.h"
#include "server/server.h"
#include "sql/statement.h"

namespace mydba::server {
namespace {

using guard::Confirmation;
using protocol::ConfirmChoice;

constexpr std::size_t shownSqlBytes = 2000;

}  // namespace

protocol::ConfirmParams questionFor(const Session& session, protocol::AuditActor actor,
                                    const guard::JudgedStatement& statement,
                                    const guard::Impact& impact) {
  const guard::Verdict& verdict = statement.verdict();
  const auto facts = sql::readStatement(statement.text(), session.dialect());
  auto words = guard::questionOf(facts, verdict, impact);
  protocol::ConfirmParams params{
      .sessionId = session.profile().id,
      .actor = actor,
      .environment = session.profile().environment.value_or(protocol::Environment::dev),
      .risk = verdict.risk,
      .title = std::move(words.title),
      .impact = std::move(words.impact),
      .reasons = std::move(words.reasons),
      .sql = std::string(
          utf8Prefix(privacy::maskSecrets(statement.text(), session.dialect()), shownSqlBytes)),
      .canDryRun = false,
      .canHold = false,
      .alternatives = std::move(words.alternatives),
  };
  if (verdict.typed)
    params.phrase = guard::phrase(statement.text(), session.dialect(), session.profile().name);
  return params;
}

Result<protocol::ConfirmResult> askUser(Call& call, const Session& session,
                                        protocol::ConfirmParams question) {
  question.detail = guard::dialogText(question, session.profile().name);
  const auto answer =
      call.server().callClient("host/confirm", protocol::encode(question), call.cancel());
  if (call.cancel().cancelled()) return call.cancel().error();
  protocol::ConfirmResult result;
  rpc::DecodePath path("host/confirm result");
  if (!answer || !protocol::decode(*answer, result, path))
    return Error{.code = ErrorCode::refused,
                 .message = "not run, because it must be confirmed and this editor cannot ask: " +
                            question.title,
                 .hint = "see the editor's log"};
  const bool runs = result.choice == ConfirmChoice::run || result.choice == ConfirmChoice::hold;
  if (runs && question.phrase && result.typed != question.phrase)
    return Error{.code = ErrorCode::refused,
                 .message = "not run: what was typed is not \"" + *question.phrase + "\""};
  return result;
}

guard::Confirm yesOrNo(Call& call, const Session& session, protocol::AuditActor actor) {
  return [&call, &session, actor](const guard::JudgedStatement& statement) -> Result<Confirmation> {
    const auto answer = askUser(call, session, questionFor(session, actor, statement, {}));
    if (!answer) return answer.error();
    if (answer->choice != ConfirmChoice::run) return Confirmation::declined;
    return statement.verdict().typed ? Confirmation::typed : Confirmation::button;
  };
}

Result<guard::CheckedStatement> admitToExplain(Call& call, std::string_view sql, bool analyze,
                                               std::int64_t timeoutMs) {
  constexpr std::int64_t aDay = 86400000;
  auto statement = call.server()
                       .gateOf(call.session())
                       .admitToExplain(sql, analyze,
                                       yesOrNo(call, call.session(), protocol::AuditActor::editor));
  if (statement)
    call.timeoutAfter(std::chrono::milliseconds(std::clamp<std::int64_t>(timeoutMs, 1, aDay)));
  return statement;
}

}  // namespace mydba::server
