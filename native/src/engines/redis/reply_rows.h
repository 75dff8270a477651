#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "engines/engine.h"
#include "engines/redis/resp.h"

namespace mydba::redis {

enum class RowsEnd {
  complete,  ///< the whole reply has been read
  stopped,   ///< the sink wanted no more; the rest of the reply is still to come
};

/// Reads the reply to `command` and reports it as one result set:
///   - a single value: one row, column `reply`; nil is NULL;
///   - an array: rows of `index` (from 1, as in redis-cli) and `value`;
///   - an array of pairs (HGETALL, CONFIG GET, ZRANGE … WITHSCORES): `field` and `value`;
///   - the elements of SCAN and its kin, with a notice that names the next cursor;
///   - entries of a stream: `id` and `fields`.
/// What is nested inside an element is one cell of JSON, at most 1 MiB of it. A value of more than
/// 16 MiB is cut, and a notice says so. An array is never held in memory: each element is a row as
/// soon as it has been read. An error reply is an Error.
Result<RowsEnd> replyToRows(const std::vector<std::string>& command, const TokenSource& next,
                            RowSink& sink);

}  // namespace mydba::redis
