#pragma once

#include <cstddef>

namespace mydba::advise {

/// A rule that looks each member of one list up in another is silent for longer ones: nobody writes
/// them, and they would cost the square of the text.
inline constexpr std::size_t longestList = 100;

}  // namespace mydba::advise
