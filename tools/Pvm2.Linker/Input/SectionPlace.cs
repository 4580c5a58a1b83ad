namespace Pvm2.Linker.Input;

/// <summary>Where to find an ELF section among the linker's own.</summary>
/// <param name="Role">What becomes of it.</param>
/// <param name="Index">Its index among the code or the data sections; 0 for other roles.</param>
internal readonly record struct SectionPlace(SectionRole Role, int Index);
