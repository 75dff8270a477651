#pragma once

#include <mysql.h>

#include <memory>
#include <string_view>

#include "base/error.h"
#include "base/result.h"

namespace mydba::mysql {

struct CloseHandle {
  void operator()(MYSQL* handle) const { mysql_close(handle); }
};
/// Closing sends COM_QUIT: shut the socket of a server that may be dead first.
using Handle = std::unique_ptr<MYSQL, CloseHandle>;

struct FreeResult {
  void operator()(MYSQL_RES* result) const { mysql_free_result(result); }
};
/// Freeing an unbuffered result reads all its rows: interrupt the statement first.
using ResultHandle = std::unique_ptr<MYSQL_RES, FreeResult>;

/// Shuts the socket, so that every call on the connection returns at once. Any thread.
void shutSocket(MYSQL* handle);

/// Runs one short statement that has no rows.
Result<void> execute(MYSQL* handle, std::string_view sql);

}  // namespace mydba::mysql
