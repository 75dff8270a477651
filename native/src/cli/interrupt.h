#pragma once

#include <thread>

#include "base/cancel.h"

namespace mydba::cli {

/// Turns Ctrl-C (SIGINT) and SIGTERM into a cancellation; a second one ends the program at once.
/// Made before other threads, so that they inherit the blocked signals and one thread, made here,
/// takes them with sigwait.
class Interrupt {
 public:
  Interrupt();
  CancelToken token() const { return source_.token(); }
  CancelSource& source() { return source_; }

 private:
  CancelSource source_;
};

}  // namespace mydba::cli
