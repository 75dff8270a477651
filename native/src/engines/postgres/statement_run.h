#pragma once

#include <libpq-fe.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engines/engine.h"
#include "engines/postgres/exchange.h"
#include "engines/postgres/type_names.h"

namespace mydba::postgres {

/// How a streamed statement went, when the connection survived it.
struct RunOutcome {
  std::optional<Error> error;  ///< of the server
  bool enough = false;         ///< the sink wanted no more rows
  bool stopped = false;        ///< the server was asked to end the statement
  bool discarded = false;      ///< rows or data were thrown away
};

/// Streams the rows of one statement of the user in single-row mode (libpq manual, "Retrieving
/// Query Results Row-by-Row"): memory does not depend on their number. Lane's thread.
class StatementRun {
 public:
  StatementRun(PGconn* connection, std::shared_ptr<PGcancel> handle, TypeNames& types,
               const CancelToken& cancel)
      : exchange_(connection, std::move(handle), cancel), types_(types) {}

  /// `mayStop`: a sink that has enough ends the statement on the server. Otherwise its remaining
  /// rows are read and thrown away, because ending an INSERT … RETURNING would undo it.
  /// Error: the connection is lost.
  Result<RunOutcome> stream(const std::string& sql, RowSink& sink, bool mayStop);

 private:
  Result<void> take(PGresult* result, RowSink& sink, bool mayStop);
  void begin(const PGresult* result, RowSink& sink, bool mayStop);
  void deliver(const PGresult* result, RowSink& sink, bool mayStop);
  void enough(bool mayStop);

  Exchange exchange_;
  TypeNames& types_;
  RunOutcome outcome_;
  std::vector<Cell> cells_;
  std::string sql_;
  bool begun_ = false;
};

}  // namespace mydba::postgres
