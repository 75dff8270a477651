#include "base/log.h"

#include <unistd.h>

#include <chrono>
#include <string>

namespace mydba {
namespace {

std::string_view name(LogLevel level) {
  switch (level) {
    case LogLevel::error: return "error";
    case LogLevel::warning: return "warning";
    case LogLevel::info: return "info";
    case LogLevel::debug: return "debug";
  }
  return "error";
}

void appendEscaped(std::string& line, std::string_view text) {
  constexpr char hex[] = "0123456789abcdef";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      line += '\\';
      line += c;
    } else if (byte < 0x20 || byte == 0x7f) {
      line += "\\u00";
      line += hex[byte >> 4];
      line += hex[byte & 15];
    } else {
      line += c;
    }
  }
}

}  // namespace

void Log::write(LogLevel level, std::string_view message) {
  if (!enabled(level)) return;
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  std::string line = "{\"time\":" + std::to_string(ms) + ",\"level\":\"";
  line += name(level);
  line += "\",\"message\":\"";
  appendEscaped(line, message);
  line += "\"}\n";
  // One write a line: lines of several threads do not mix (POSIX, writes up to PIPE_BUF).
  [[maybe_unused]] auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

}  // namespace mydba
