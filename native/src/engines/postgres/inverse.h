#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engines/postgres/probe.h"
#include "sql/alteration.h"

namespace mydba::postgres {

/// Finds the statements that take another one back; see Preflight::inverse. Lane's thread, for one
/// statement.
class Inverse {
 public:
  Inverse(Probe& probe, const sql::Statement& statement, std::string_view text);

  Result<std::optional<protocol::Undo>> find();

 private:
  using Found = Result<std::optional<std::string>>;  // nothing: it cannot be taken back
  using Answer = Result<std::optional<protocol::Undo>>;

  Answer ofCreate();
  Answer ofReplaced();
  Answer ofDrop();
  Answer ofAlter();
  Answer ofAlterSystem();
  Found ofAction(const sql::Alteration& action);
  Found ofColumn(const sql::Alteration& action);
  Found ofTrigger(const sql::Alteration& action);
  Found definition(const std::string& type, const sql::WrittenName& name);
  Found member(std::string_view file, const std::string& table, const std::string& name);

  /// `f(integer, text)` of `f(a int, INOUT b text = 'x', OUT c int)`.
  Found signature(const sql::WrittenName& name);
  Found typeOf(std::string_view argument);
  std::string alter() const;

  Probe& probe_;
  const sql::Statement& statement_;
  std::string_view text_;
  sql::WrittenDefinition written_;
};

}  // namespace mydba::postgres
