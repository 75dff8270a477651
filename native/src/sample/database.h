#pragma once

#include <string>
#include <vector>

#include "sample/sample.h"

namespace mydba::sample {

/// Whose file `path` is.
enum class Owner { nobody, sample, olderSample, somebodyElse };
Owner ownerOf(const std::string& path);

/// Writes a complete sample into the new file `path`. `progress` and `cancel` as for createSample.
Result<void> writeDatabase(const std::string& path, const Size& size, const Progress& progress,
                           const CancelToken& cancel);

/// The tables of a sample with their rows, by name.
Result<std::vector<protocol::SampleTable>> countTables(const std::string& path);

}  // namespace mydba::sample
