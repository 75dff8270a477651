#pragma once

// Lines and server-sent events out of a body that arrives in pieces of any size.

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace mydba::net {

/// Takes a body apart into lines, which end with LF, CR or both.
class HttpLines {
 public:
  using Use = std::function<Result<void>(std::string_view line)>;

  /// A line of more bytes is `tooLarge`.
  explicit HttpLines(std::size_t maximumLine) : maximumLine_(maximumLine) {}

  /// Passes on each line that `bytes` completes, without its end; stops at the first error.
  Result<void> add(std::string_view bytes, const Use& use);
  /// Passes on what stands behind the last line end, if anything.
  Result<void> finish(const Use& use);

 private:
  std::size_t maximumLine_;
  std::string partial_;
  bool afterReturn_ = false;  ///< an LF that comes now belongs to the CR before it
};

/// Takes a body apart into server-sent events
/// (https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream).
class HttpEvents {
 public:
  /// `name` is empty where the event has none.
  using Use = std::function<Result<void>(std::string_view name, std::string_view data)>;

  /// A line, and the data of an event, of more bytes is `tooLarge`.
  explicit HttpEvents(std::size_t maximumData) : maximumData_(maximumData), lines_(maximumData) {}

  /// Passes on each event that `bytes` completes. An event that the end cuts is none.
  Result<void> add(std::string_view bytes, const Use& use);

 private:
  Result<void> line(std::string_view text, const Use& use);

  std::size_t maximumData_;
  HttpLines lines_;
  std::string name_;
  std::string data_;
  bool hasData_ = false;
  bool first_ = true;
};

}  // namespace mydba::net
