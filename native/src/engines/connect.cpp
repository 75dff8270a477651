#include "engines/connect.h"

namespace mydba {
namespace {

/// A connect attempt that timed out has the same causes with every engine.
Error explained(Error error) {
  if (error.code == ErrorCode::timeout && error.hint.empty())
    error.hint =
        "nothing answered in time: check host, port, firewall and VPN, or raise the time-out";
  return error;
}

}  // namespace

Result<std::unique_ptr<Connection>> connect(const protocol::ConnectionProfile& profile,
                                            const SecretSource& secrets,
                                            const CancelToken& cancel) {
  const Engine* engine = findEngine(profile.engine);
  if (!engine)
    return Error{.code = ErrorCode::invalidParams,
                 .message = "unknown engine \"" + profile.engine.substr(0, 40) + "\"",
                 .hint = "initialize lists the engines of this build"};
  auto connection = engine->connect(profile, secrets, cancel);
  if (!connection) return explained(connection.error());
  return connection;
}

}  // namespace mydba
