#pragma once

#include "guard/gate.h"
#include "guard/impact.h"
#include "server/call.h"

namespace mydba::server {

/// The question about a statement, in words. Nothing can be tried or held yet.
protocol::ConfirmParams questionFor(const Session& session, protocol::AuditActor actor,
                                    const guard::JudgedStatement& statement,
                                    const guard::Impact& impact);

/// Asks the editor's user through host/confirm. The client's dialog may stay open for long; it ends
/// early when the call is cancelled. `refused` when the client cannot ask, and when what had to be
/// typed was not.
Result<protocol::ConfirmResult> askUser(Call& call, const Session& session,
                                        protocol::ConfirmParams question);

/// Asks with nothing but yes and no to choose from. Call and session must outlive it.
guard::Confirm yesOrNo(Call& call, const Session& session, protocol::AuditActor actor);

/// Lets one statement of the editor's user through the session's gate, to be planned or, with
/// `analyze`, measured. Its time begins then, so that reconnecting and asking cost it nothing; once
/// a call.
Result<guard::CheckedStatement> admitToExplain(Call& call, std::string_view sql, bool analyze,
                                               std::int64_t timeoutMs);

}  // namespace mydba::server
