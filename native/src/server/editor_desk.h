#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "server/call.h"
#include "tools/desk.h"

namespace mydba::server {

/// The open connections of the editor for the tools, by the names of their profiles; one that has
/// the name of another has its id behind it. Reading has a connection of its own that the server
/// keeps read-only. Writing asks the user each time, and only where he switched it on. Must not
/// outlive the call. `actor` is who the audit log names.
std::unique_ptr<tools::Desk> makeEditorDesk(Call& call, protocol::AuditActor actor,
                                            std::function<void(std::string_view)> progress);

/// What the desk calls the connection of a session; empty when it is not open any more.
std::string connectionName(const Server& server, const Session& session);

}  // namespace mydba::server
