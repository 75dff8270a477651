#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/url.h"
#include "server/lane.h"
#include "tools/desk.h"

namespace mydba::cli {

/// Connections of a command line for the tools. All are read-only, for there is nobody to ask. They
/// connect when they are first used, and anew when they were lost; a password comes from the URL or
/// from the variables and files of the engine's own tools, and is never asked for: stdin and stdout
/// belong to the agent. Any thread; each connection is used on a lane of its own.
class ToolConnections {
 public:
  explicit ToolConnections(ThreadGroup& threads) : threads_(threads) {}

  /// `shop=postgres://…`, or a URL alone, which is called by its database or file; in place of a
  /// URL a ConnectionProfile as JSON. `invalidParams` for one that is bad and for a name that is
  /// taken. Before the first desk.
  Result<void> add(std::string_view nameAndUrl);

  /// For one call. This must outlive it.
  std::unique_ptr<tools::Desk> desk(CancelToken cancel,
                                    std::function<void(std::string_view)> progress);

 private:
  struct Entry;
  class CallDesk;

  const rag::Library& documents();

  ThreadGroup& threads_;
  std::vector<std::shared_ptr<Entry>> entries_;
  std::once_flag indexed_;
  std::optional<rag::Library> documents_;  ///< indexed by the first question
};

}  // namespace mydba::cli
