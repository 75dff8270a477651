#include "engines/mysql/handle.h"

#include <sys/socket.h>

#include "engines/mysql/failure.h"

namespace mydba::mysql {

void shutSocket(MYSQL* handle) {
  const auto socket = mysql_get_socket(handle);
  if (socket != MARIADB_INVALID_SOCKET) ::shutdown(socket, SHUT_RDWR);
}

Result<void> execute(MYSQL* handle, std::string_view sql) {
  if (mysql_real_query(handle, sql.data(), sql.size()) != 0) return lastError(handle, sql);
  return {};
}

}  // namespace mydba::mysql
