#pragma once

// The keys of one database under one prefix, a page at a time, as a tree.
//
// Keys have no order and no index by prefix: the only way to see them is SCAN, over all of them,
// and KEYS, which is the same without pauses for the server's other clients. So a page scans until
// it is full or its time is up, and there may be nothing but a `Load more` on it. Names that share
// the text up to the next `:` form a group, which is shown once.
//
// SCAN may give a key twice (https://redis.io/commands/scan, "guarantees") and gives the members of
// a group far apart. A listing therefore remembers what it has shown: hashes of 8 bytes, at most
// `maxRemembered` of them, after which a name may appear again. It lives on the lane that scans; a
// cursor names it, and an old one is refused rather than answered wrongly.

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "engines/redis/session.h"

namespace mydba::redis {

/// Escapes what MATCH treats specially: `*?[]\^-`.
std::string escapeGlob(std::string_view text);
/// A pattern for names that contain `text`, letters of ASCII in either case.
std::string containsGlob(std::string_view text);

/// A group of keys or one key, below a prefix.
struct KeyEntry {
  std::string name;  ///< without the prefix; of a group with its `:`
  bool group = false;
  std::int64_t keys = 0;  ///< of a group: seen so far
};

class KeyListing {
 public:
  KeyListing(int database, std::string prefix) : database_(database), prefix_(std::move(prefix)) {}

  /// Up to `limit` more entries; fewer when its time is up. Call `Session::start` first.
  Result<std::vector<KeyEntry>> page(Session& session, std::size_t limit);
  bool complete() const { return scanned_ && pending_.empty(); }
  int database() const { return database_; }
  const std::string& prefix() const { return prefix_; }

 private:
  Result<void> scan(Session& session);
  void add(std::string_view rest);

  static constexpr std::size_t maxRemembered = 200'000;

  int database_;
  std::string prefix_;
  std::string cursor_ = "0";
  bool scanned_ = false;
  std::deque<KeyEntry> pending_;
  std::unordered_map<std::string, std::int64_t> groups_;
  std::unordered_set<std::uint64_t> shown_;
};

}  // namespace mydba::redis
