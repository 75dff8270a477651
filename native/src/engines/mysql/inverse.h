#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engines/mysql/session.h"
#include "sql/alteration.h"

namespace mydba::mysql {

/// Finds the statements that take another one back; see Preflight::inverse. Definitions are those
/// that SHOW CREATE answers, since DDL that is commented for certain versions must come back as it
/// was. Lane's thread, for one statement.
class Inverse {
 public:
  Inverse(Session& session, const sql::Dialect& dialect, const sql::Statement& statement,
          std::string_view text, const CancelToken& cancel);

  Result<std::optional<protocol::Undo>> find();

 private:
  using Found = Result<std::optional<std::string>>;  // nothing: it cannot be taken back
  using Answer = Result<std::optional<protocol::Undo>>;

  Answer ofCreate();
  Answer ofDrop();
  Answer ofAlter();
  Answer ofRename();
  Answer ofSettings();
  Found ofAction(const sql::Alteration& action);
  Found ofRemoved(const sql::Alteration& action);
  Found ofColumn(const sql::Alteration& action);
  Found ofSetting(const sql::Setting& setting);
  Found definition(const std::string& type, const std::string& name);
  /// The member of the table that begins with these words: `KEY `i``.
  Found member(const std::string& table, std::string_view first, const std::string& name);
  Result<bool> exists(const std::string& type, const std::string& name);

  Session& session_;
  const sql::Dialect& dialect_;
  const sql::Statement& statement_;
  std::string_view text_;
  const CancelToken& cancel_;
  sql::WrittenDefinition written_;
};

}  // namespace mydba::mysql
