#pragma once

#include <list>

#include "engines/engine.h"
#include "engines/redis/key_listing.h"
#include "engines/redis/session.h"

namespace mydba::redis {

/// Databases, then groups of keys (names up to the next `:`), then keys. A path is the database
/// (`db0`), the groups with their `:`, and the rest of a key's name, which has none; joined they
/// are the key. Bytes that JSON cannot carry are spelled by escapeBytes.
class RedisCatalogue final : public Catalogue {
 public:
  explicit RedisCatalogue(Session& session, int defaultDatabase)
      : session_(session), defaultDatabase_(defaultDatabase) {}

  Result<TreePage> children(std::span<const std::string> path,
                            const std::optional<std::string>& cursor, int limit,
                            const CancelToken& cancel) override;
  Result<TreePage> search(std::string_view text, int limit, const CancelToken& cancel) override;
  Result<std::string> script(std::span<const std::string> path, protocol::ScriptKind kind,
                             const CancelToken& cancel) override;
  Result<advise::CatalogueFacts> tableFacts(std::span<const sql::ObjectName> first, int limit,
                                            const CancelToken& cancel) override;

 private:
  struct OpenListing {
    std::string id;
    KeyListing listing;
  };

  Result<TreePage> databases(const std::optional<std::string>& cursor, int limit,
                             const CancelToken& cancel);
  Result<TreePage> keys(std::span<const std::string> path, const std::optional<std::string>& cursor,
                        int limit, const CancelToken& cancel);
  Result<std::list<OpenListing>::iterator> findListing(int database, std::string prefix,
                                                       const std::optional<std::string>& cursor);

  Session& session_;
  int defaultDatabase_;
  std::list<OpenListing> listings_;  ///< newest first
  std::int64_t lastListing_ = 0;
};

}  // namespace mydba::redis
