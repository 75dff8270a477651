#pragma once

#include <string>

#include "base/cancel.h"
#include "cli/flags.h"
#include "cli/open_connection.h"
#include "guard/gate.h"

namespace mydba::cli {

/// The gate of a command that runs what it was given: what must be confirmed is confirmed by --yes,
/// or by a person at a terminal (stdin and stderr), or not at all.
class CommandGate {
 public:
  CommandGate(const OpenConnection& open, bool yes, CancelToken cancel);

  const guard::Gate& gate() const { return gate_; }
  guard::Confirm confirm() const;

 private:
  Result<guard::Confirmation> ask(const guard::JudgedStatement& statement) const;

  bool yes_;
  bool terminal_;
  const sql::Dialect& dialect_;
  std::string connectionName_;
  CancelToken cancel_;
  guard::Gate gate_;
};

}  // namespace mydba::cli
