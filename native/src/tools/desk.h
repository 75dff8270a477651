#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/cancel.h"
#include "base/result.h"
#include "engines/engine.h"
#include "guard/gate.h"
#include "rag/library.h"
#include "rpc/json.h"
#include "store/audit_trail.h"

namespace mydba::tools {

using Json = rpc::Json;

/// A connection that tools may use.
struct ConnectionFacts {
  std::string name;  ///< what tools call it by
  std::string engine;
  protocol::Environment environment = protocol::Environment::dev;
  bool writable = false;  ///< the user has switched writing on for it
};

/// What a tool is about to do with a connection.
enum class Access {
  read,   ///< on a connection that the server itself keeps read-only, through a read-only gate
  write,  ///< only where the user has switched writing on: `refused` elsewhere
};

/// A connection at work, on its thread; valid as long as the work runs.
struct Bench {
  Connection& connection;
  const guard::Gate& gate;
  /// Asks the user; refuses where nobody can be asked.
  const guard::Confirm& confirm;
  const store::AuditTrail& audit;
  const CancelToken& cancel;
};

using Work = std::function<Result<Json>(const Bench&)>;

/// Where tools find connections and the user: the editor's sessions, or the URLs of a command line.
/// Several tools may run at once, each on a thread of its own.
class Desk {
 public:
  virtual ~Desk() = default;
  virtual std::vector<ConnectionFacts> connections() = 0;
  /// Connects where needed, runs `work` where that connection belongs, and waits for it.
  /// `invalidParams` when no connection is called so. It ends after two minutes (`timeout`). `work`
  /// owns what it refers to: a cancelled wait leaves it behind.
  virtual Result<Json> withConnection(const std::string& name, Access access, Work work) = 0;
  /// What can be cited.
  virtual const rag::Library& documents() = 0;
  /// Tells whoever waits what is being done.
  virtual void progress(std::string_view sentence) = 0;
};

}  // namespace mydba::tools
