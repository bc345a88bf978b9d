//! Sorting by a number.

/// Sorts by a number per item; items with the same number keep their order. One sort of the standard library serves all types: a stable
/// sort for each takes up to 20 KB of the program.
pub(crate) fn sort_by_number<T>(items: &mut Vec<T>, number: impl FnMut(&T) -> u64) {
    if items.len() < 2 {
        return;
    }
    let mut order: Vec<(u64, u32)> = items.iter().map(number).zip(0..).collect();
    order.sort_unstable();
    let mut taken: Vec<Option<T>> = items.drain(..).map(Some).collect();
    items.extend(order.into_iter().filter_map(|(_, at)| taken[at as usize].take()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_with_the_same_number_keep_their_order() {
        let mut words: Vec<String> = "delta be alpha a echo bravo c".split(' ').map(str::to_owned).collect();
        sort_by_number(&mut words, |word| word.len() as u64);
        assert_eq!(words.join(" "), "a c be echo delta alpha bravo");
        let mut many: Vec<usize> = (0..1_000).collect();
        sort_by_number(&mut many, |number| *number as u64 % 7);
        assert!(many.is_sorted_by_key(|number| (number % 7, *number)));
        assert_eq!(many.len(), 1_000);
    }
}
