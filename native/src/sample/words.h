#pragma once

#include <span>
#include <string_view>

namespace mydba::sample {

struct City {
  std::string_view name;
  std::string_view country;
};

/// A category with what its products are called.
struct Category {
  std::string_view name;
  std::span<const std::string_view> things;
};

std::span<const std::string_view> firstNames();
std::span<const std::string_view> lastNames();
/// Names of a whole person in other scripts.
std::span<const std::string_view> otherNames();
std::span<const City> cities();
std::span<const Category> categories();
std::span<const std::string_view> adjectives();
std::span<const std::string_view> praises();
std::span<const std::string_view> complaints();
std::span<const std::string_view> remarks();
std::span<const std::string_view> orderNotes();

}  // namespace mydba::sample
