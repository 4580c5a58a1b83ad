using System.Text;

namespace Pvm2.Guests.Tests.Engines;

/// <summary>What a test wants to know of a WebAssembly module.</summary>
internal sealed class WasmModule
{
    private const int ExportSection = 7;

    private readonly byte[] _bytes;
    private readonly List<int> _sections = [];
    private readonly List<string> _exports = [];
    private int _position = 8; // after the magic number and the version

    /// <summary>Reads a module.</summary>
    public WasmModule(byte[] bytes)
    {
        _bytes = bytes;
        while (_position < bytes.Length)
        {
            var kind = bytes[_position++];
            _sections.Add(kind);
            var length = ReadNumber();
            var end = _position + length;
            if (kind == ExportSection)
            {
                ReadExports();
            }

            _position = end;
        }
    }

    /// <summary>The kinds of its sections, in their order.</summary>
    public IReadOnlyList<int> Sections => _sections;

    /// <summary>The names of its exports.</summary>
    public IReadOnlyList<string> Exports => _exports;

    private void ReadExports()
    {
        for (var count = ReadNumber(); count != 0; count--)
        {
            var length = ReadNumber();
            _exports.Add(Encoding.UTF8.GetString(_bytes, _position, length));
            _position += length + 1; // and the kind
            ReadNumber();
        }
    }

    // A number in groups of seven bits, the lowest first.
    private int ReadNumber()
    {
        var number = 0;
        for (var shift = 0; ; shift += 7)
        {
            var group = _bytes[_position++];
            number |= (group & 0x7f) << shift;
            if (group < 0x80)
            {
                return number;
            }
        }
    }
}
