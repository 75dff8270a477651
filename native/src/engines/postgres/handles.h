#pragma once

#include <libpq-fe.h>

#include <memory>

namespace mydba::postgres {

struct FreeConnection {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
struct FreeResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
struct FreeCancel {
  void operator()(PGcancel* cancel) const { PQfreeCancel(cancel); }
};

using ConnectionHandle = std::unique_ptr<PGconn, FreeConnection>;
using ResultHandle = std::unique_ptr<PGresult, FreeResult>;

}  // namespace mydba::postgres
