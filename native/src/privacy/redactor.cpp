#include "privacy/redactor.h"

#include <algorithm>
#include <span>
#include <vector>

#include "privacy/secrets.h"

namespace mydba::privacy {
namespace {

constexpr std::string_view mask = "***";

/// Shorter parts of a secret say nothing, and would be found in every word.
constexpr std::size_t tellingBytes = 6;

std::vector<Secret> secretsOf(std::string_view text, const sql::Dialect& dialect) {
  return dialect.lineCommands ? secretsOfCommands(text) : secretsOfSql(text, dialect);
}

std::string masked(std::string_view text, std::span<const Secret> secrets) {
  std::string result;
  std::size_t at = 0;
  for (const Secret& secret : secrets) {
    if (secret.end <= at) continue;
    result += text.substr(at, std::max(secret.start, at) - at);
    result += mask;
    at = secret.end;
  }
  result += text.substr(std::min(at, text.size()));
  return result;
}

/// Bytes from `text` on that are also in `secret`, if they are enough to tell something: servers
/// cut what they quote.
std::size_t sharedBytes(std::string_view text, std::string_view secret) {
  if (text.starts_with(secret)) return secret.size();
  if (secret.size() <= tellingBytes) return 0;
  std::size_t longest = 0;
  const std::string_view start = text.substr(0, tellingBytes);
  if (start.size() < tellingBytes) return 0;
  for (std::size_t at = secret.find(start); at != secret.npos; at = secret.find(start, at + 1)) {
    std::size_t size = tellingBytes;
    while (size < text.size() && at + size < secret.size() && text[size] == secret[at + size])
      ++size;
    longest = std::max(longest, size);
  }
  return longest;
}

/// A secret of one or two bytes would be found anywhere: only in quotes.
bool isTelling(std::string_view message, std::size_t at, std::size_t size) {
  if (size >= 3) return true;
  const auto quote = [&](std::size_t i) { return i < message.size() && message[i] == '\''; };
  return at > 0 && quote(at - 1) && quote(at + size);
}

std::vector<Secret> sharedParts(std::string_view message, std::string_view secret) {
  std::vector<Secret> found;
  for (std::size_t at = 0; at < message.size();) {
    const std::size_t size = sharedBytes(message.substr(at), secret);
    if (size > 0 && isTelling(message, at, size)) found.push_back({at, at + size});
    at += std::max<std::size_t>(size, 1);
  }
  return found;
}

}  // namespace

std::string maskSecrets(std::string_view statement, const sql::Dialect& dialect) {
  return masked(statement, secretsOf(statement, dialect));
}

void maskSecrets(protocol::ProcessSnapshot& snapshot, const sql::Dialect& dialect) {
  for (auto& process : snapshot.processes) {
    if (process.sql) process.sql = maskSecrets(*process.sql, dialect);
    // Among the rest may be the statement once more, or the one before it.
    for (auto& field : process.extra) field.value = maskSecrets(field.value, dialect);
  }
}

void maskSecrets(protocol::Variable& variable) {
  variable.value = masked(variable.value, secretsOfSetting(variable.name, variable.value));
  if (variable.initial)
    variable.initial =
        masked(*variable.initial, secretsOfSetting(variable.name, *variable.initial));
}

std::string withoutSecretsOf(std::string_view statement, const sql::Dialect& dialect,
                             std::string message) {
  constexpr std::size_t longestMessage = 16 * 1024;
  constexpr std::size_t mostSecrets = 100;
  const auto secrets = secretsOf(statement, dialect);
  if (secrets.empty()) return message;
  // Whoever sends that many or reads that much does not read it for the message.
  if (secrets.size() > mostSecrets || message.size() > longestMessage)
    return "the server's message quotes secrets of the statement";
  for (const Secret& secret : secrets)
    message = masked(
        message, sharedParts(message, statement.substr(secret.start, secret.end - secret.start)));
  return message;
}

Error withoutSecretsOf(std::string_view statement, const sql::Dialect& dialect, Error error) {
  error.message = withoutSecretsOf(statement, dialect, std::move(error.message));
  error.hint = withoutSecretsOf(statement, dialect, std::move(error.hint));
  return error;
}

}  // namespace mydba::privacy
