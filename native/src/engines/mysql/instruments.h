#pragma once

#include <sys/types.h>

#include <memory>
#include <optional>

#include "base/cancel.h"
#include "base/result.h"
#include "engines/mysql/dial.h"

namespace mydba::mysql {

/// Instruments and consumers of the performance schema that are on as long as this lives. A second
/// process sets them back, also when this one is killed (instruments.cpp). One thread.
class Instruments {
 public:
  /// Starts that process and waits until it has switched on what profiles read, at most ten
  /// seconds. Errors: what the server says (`server`, with its number), `connectFailed`, `io`,
  /// `cancelled`; whatever was changed by then is set back.
  static Result<Instruments> switchOn(const Target& target, const CancelToken& cancel);
  Instruments(Instruments&& other) noexcept;
  Instruments& operator=(Instruments&&) = delete;
  /// As `restore`, without waiting.
  ~Instruments();

  /// Sets back, and waits for that at most ten seconds. On an error the second process goes on
  /// trying for a minute.
  Result<void> restore();

 private:
  Instruments(pid_t process, int in, int out) : process_(process), in_(in), out_(out) {}
  void awaitEnd();
  void letGo();

  pid_t process_;
  int in_;   // its stdin: the end of file tells it to restore
  int out_;  // its stdout
};

/// The work of that process, `mydba restore-instruments`, on its stdin and stdout.
Result<void> restoreInstruments();

}  // namespace mydba::mysql
