#include "server/ask.h"

#include "base/utf8.h"
#include "guard/phrase.h"
#include "server/server.h"

namespace mydba::server {
namespace {

using guard::Confirmation;
using protocol::ConfirmChoice;

constexpr std::size_t shownSqlBytes = 2000;

protocol::Risk wire(guard::Risk risk) {
  switch (risk) {
    case guard::Risk::low: return protocol::Risk::low;
    case guard::Risk::medium: return protocol::Risk::medium;
    case guard::Risk::high: return protocol::Risk::high;
    case guard::Risk::critical: return protocol::Risk::critical;
  }
  return protocol::Risk::critical;
}

protocol::ConfirmParams question(const Session& session, protocol::AuditActor actor,
                                 const guard::JudgedStatement& statement) {
  const guard::Verdict& verdict = statement.verdict();
  protocol::ConfirmParams params{
      .sessionId = session.profile().id,
      .actor = actor,
      .environment = session.profile().environment.value_or(protocol::Environment::dev),
      .risk = wire(verdict.risk),
      .title = "Run this statement on " + session.profile().name + "?",
      .sql = std::string(utf8Prefix(statement.text(), shownSqlBytes)),
      .canDryRun = false,
      .canHold = false,
  };
  for (const auto& reason : verdict.reasons) params.reasons.push_back(reason.message);
  if (verdict.typed)
    params.phrase = guard::phrase(statement.text(), session.dialect(), session.profile().name);
  return params;
}

Result<Confirmation> meaning(const protocol::ConfirmParams& asked,
                             const protocol::ConfirmResult& answer) {
  if (answer.choice != ConfirmChoice::run) return Confirmation::declined;
  if (!asked.phrase) return Confirmation::button;
  if (answer.typed == asked.phrase) return Confirmation::typed;
  return Error{.code = ErrorCode::refused,
               .message = "not run: what was typed is not \"" + *asked.phrase + "\""};
}

}  // namespace

guard::Confirm askUser(Call& call, const Session& session, protocol::AuditActor actor) {
  return [&call, &session, actor](const guard::JudgedStatement& statement) -> Result<Confirmation> {
    const auto asked = question(session, actor, statement);
    const auto answer =
        call.server().callClient("host/confirm", protocol::encode(asked), call.cancel());
    if (call.cancel().cancelled()) return call.cancel().error();
    protocol::ConfirmResult result;
    rpc::DecodePath path("host/confirm result");
    if (!answer || !protocol::decode(*answer, result, path))
      return Error{.code = ErrorCode::refused,
                   .message = "not run, because it must be confirmed and this editor cannot ask: " +
                              guard::sentence(statement.verdict())};
    return meaning(asked, result);
  };
}

}  // namespace mydba::server
