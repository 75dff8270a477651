#include "net/http_lines.h"

#include <utility>

namespace mydba::net {
namespace {

Error tooLong() {
  return {.code = ErrorCode::tooLarge,
          .message = "the server sent a line that is longer than the limit",
          .hint = "check the address of the service"};
}

}  // namespace

Result<void> HttpLines::add(std::string_view bytes, const Use& use) {
  while (!bytes.empty()) {
    if (std::exchange(afterReturn_, false) && bytes.front() == '\n') bytes.remove_prefix(1);
    const std::size_t end = bytes.find_first_of("\r\n");
    const std::string_view part = bytes.substr(0, end);
    if (partial_.size() + part.size() > maximumLine_) return tooLong();
    if (end == std::string_view::npos) {
      partial_ += part;
      return {};
    }
    afterReturn_ = bytes[end] == '\r';
    bytes.remove_prefix(end + 1);
    Result<void> used;
    if (partial_.empty()) {
      used = use(part);
    } else {
      partial_ += part;
      used = use(std::exchange(partial_, {}));
    }
    if (!used) return used;
  }
  return {};
}

Result<void> HttpLines::finish(const Use& use) {
  return partial_.empty() ? Result<void>() : use(std::exchange(partial_, {}));
}

Result<void> HttpEvents::add(std::string_view bytes, const Use& use) {
  return lines_.add(bytes, [&](std::string_view text) { return line(text, use); });
}

Result<void> HttpEvents::line(std::string_view text, const Use& use) {
  if (std::exchange(first_, false) && text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  if (text.empty()) {
    const std::string name = std::exchange(name_, {});
    const std::string data = std::exchange(data_, {});
    return std::exchange(hasData_, false) ? use(name, data) : Result<void>();
  }
  const std::size_t colon = text.find(':');
  const std::string_view field = text.substr(0, colon);  // empty: a comment, which keeps it alive
  std::string_view value = colon == std::string_view::npos ? "" : text.substr(colon + 1);
  if (value.starts_with(' ')) value.remove_prefix(1);
  if (field == "event") name_ = value;
  if (field == "data") {
    if (data_.size() + value.size() + 1 > maximumData_) return tooLong();
    if (std::exchange(hasData_, true)) data_ += '\n';
    data_ += value;
  }
  return {};
}

}  // namespace mydba::net
