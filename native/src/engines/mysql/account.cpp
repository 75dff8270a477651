#include "engines/mysql/account.h"

#include "engines/mysql/statement.h"

namespace mydba::mysql {

std::string accountOf(const protocol::ServerInfo& server) {
  const std::string account = server.user.value_or("");
  const auto at = account.rfind('@');
  if (at == std::string::npos) return "CURRENT_USER";
  return quoteName(account.substr(0, at)) + "@" + quoteName(account.substr(at + 1));
}

}  // namespace mydba::mysql
