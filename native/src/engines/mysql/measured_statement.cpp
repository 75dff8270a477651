#include "engines/mysql/measured_statement.h"

#include "base/wait.h"
#include "engines/mysql/failure.h"

namespace mydba::mysql {
namespace {

std::optional<Error> readAll(MYSQL* handle, std::string_view sql, ClientTimes& times) {
  if (mysql_real_query(handle, sql.data(), sql.size()) != 0) return lastError(handle, sql);
  for (;;) {
    if (const ResultHandle result(mysql_use_result(handle)); result) {
      while (mysql_fetch_row(result.get())) times.rows += 1;
    } else if (mysql_errno(handle) == 0) {
      times.affected = static_cast<double>(mysql_affected_rows(handle));
    }
    if (mysql_errno(handle) != 0) return lastError(handle, sql);
    const int next = mysql_next_result(handle);
    if (next > 0) return lastError(handle, sql);
    if (next < 0) return {};
  }
}

}  // namespace

Result<ClientTimes> runMeasured(Session& session, std::string_view sql, const CancelToken& cancel) {
  if (!session.alive()) return session.lost();
  if (cancel.cancelled()) return cancel.error();
  CallGuard guard(session.interruptible(), cancel);
  ClientTimes times;
  const auto start = Clock::now();
  auto failed = readAll(session.handle(), sql, times);
  times.totalMs = millisecondsSince(start);
  if (const auto settled = session.settle(guard, cancel, std::move(failed)); !settled)
    return settled.error();
  return times;
}

}  // namespace mydba::mysql
