#pragma once

#include "guard/gate.h"
#include "server/call.h"

namespace mydba::server {

/// Asks the editor's user through host/confirm whether a statement is to run on a session. The
/// client's dialog may stay open for long; it ends early when the call is cancelled. Both must
/// outlive it.
guard::Confirm askUser(Call& call, const Session& session, protocol::AuditActor actor);

}  // namespace mydba::server
