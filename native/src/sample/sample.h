#pragma once

// The sample: a shop in an SQLite file, and a folder of slow queries to learn from.
//
// It is made from a seed, so everybody has the same rows, and its names and texts are put together
// from lists of words, so it belongs to nobody. The numbers are skewed as in real shops: few
// customers order much, few products sell well.
//
// The file is written under a temporary name and renamed when it is complete; its header carries
// our application id and version. So a file with both is whole, and is kept with all that the user
// has changed in it since.

#include <functional>
#include <string>
#include <string_view>

#include "base/cancel.h"
#include "base/result.h"
#include "types.h"

namespace mydba::sample {

/// Rows of each table.
struct Size {
  std::int64_t customers = 50'000;
  std::int64_t products = 4'000;
  std::int64_t orders = 200'000;
  std::int64_t orderItems = 500'000;
  std::int64_t events = 200'000;
  std::int64_t reviews = 46'000;
};

/// Called on the calling thread, some fifty times in all.
using Progress = std::function<void(const protocol::SampleProgress&)>;

/// Writes `shop.db` and `queries/` into `directory`, which is created if missing; an existing
/// sample is kept, and so are queries that exist. `refused` when `shop.db` is another file;
/// `cancelled` leaves nothing behind. Some seconds at full size.
Result<protocol::SampleResult> createSample(const std::string& directory, const Progress& progress,
                                            const CancelToken& cancel, const Size& size = {});

}  // namespace mydba::sample
