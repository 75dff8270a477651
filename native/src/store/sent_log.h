#pragma once

// What was sent to models, word for word, so that the user can look at it afterwards.
//
// A request is entered before it leaves: what cannot be entered is not sent (ai/sender.h). It is
// completed with what came of it. Answers are not kept. The file is the user's own (mode 0600),
// beside the audit log, and is his to clear: it proves nothing to others.

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/mutex.h"
#include "store/database.h"

namespace mydba::store {

/// `$MYDBA_SENT_FILE`, else sent.db in the user's data folder.
Result<std::string> sentFile();

/// How often something was masked, by kind.
using MaskedCounts = std::map<std::string, std::int64_t, std::less<>>;

struct SentEntry {
  std::int64_t id = 0;   ///< set by the log
  std::string time;      ///< UTC, ISO 8601; set by the log
  std::string provider;  ///< ProviderDescriptor.id
  std::string address;   ///< scheme, host and port
  std::string model;
  std::string purpose;  ///< chat command or feature that asked
  std::string request;  ///< verbatim
  MaskedCounts masked;
  std::optional<std::int64_t> inputTokens;
  std::optional<std::int64_t> outputTokens;
  std::optional<double> cost;  ///< US dollars; absent when the price is not known
  std::string outcome;         ///< `sent` until it ended: then `answered`, or the error's code
};

/// What came of a request.
struct SentOutcome {
  std::string outcome;
  std::optional<std::int64_t> inputTokens;
  std::optional<std::int64_t> outputTokens;
  std::optional<double> cost;
};

/// What is kept; 0 is without limit.
struct SentRetention {
  std::int64_t days = 30;
  std::int64_t megabytes = 50;  ///< of requests, of 1,000,000 bytes
};

/// The log in numbers.
struct PrivacyReport {
  struct Destination {
    std::string address;
    std::string model;
    std::int64_t requests = 0;
    std::int64_t bytes = 0;
    std::int64_t tokens = 0;  ///< both ways, as far as the provider counted
    double cost = 0;          ///< US dollars, as far as prices are known
  };
  std::string since;  ///< of the oldest entry; empty without one
  std::string until;  ///< of the newest
  std::int64_t requests = 0;
  std::int64_t bytes = 0;
  std::int64_t tokens = 0;  ///< as those of the destinations
  double cost = 0;
  MaskedCounts masked;
  std::vector<Destination> destinations;  ///< the most bytes first
};

/// Any thread. Several processes may have the file open. Errors are `io`.
class SentLog {
 public:
  static Result<std::unique_ptr<SentLog>> open(const std::string& path,
                                               const SentRetention& retention = {});

  /// Enters a request that is about to leave, and lets go what is not kept; its id.
  Result<std::int64_t> begin(SentEntry entry) MYDBA_EXCLUDES(mutex_);
  Result<void> complete(std::int64_t id, const SentOutcome& outcome) MYDBA_EXCLUDES(mutex_);

  /// The newest first: at most `limit` that hold `text` in request, model, address or purpose, in
  /// any case, and came before the entry `before`.
  Result<std::vector<SentEntry>> list(std::string_view text, std::optional<std::int64_t> before,
                                      std::int64_t limit) MYDBA_EXCLUDES(mutex_);
  /// `invalidParams` when it is gone.
  Result<SentEntry> find(std::int64_t id) MYDBA_EXCLUDES(mutex_);
  Result<PrivacyReport> report() MYDBA_EXCLUDES(mutex_);
  /// All entries as JSON, one a line, oldest first.
  Result<std::string> exportLines() MYDBA_EXCLUDES(mutex_);
  /// Removes all, from the file as well.
  Result<void> clear() MYDBA_EXCLUDES(mutex_);

 private:
  SentLog(Database database, const SentRetention& retention)
      : database_(std::move(database)), retention_(retention) {}
  Result<void> prune() MYDBA_REQUIRES(mutex_);

  Mutex mutex_;
  Database database_ MYDBA_GUARDED_BY(mutex_);
  const SentRetention retention_;
};

}  // namespace mydba::store
