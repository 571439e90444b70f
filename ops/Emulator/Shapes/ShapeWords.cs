using System.Text.RegularExpressions;

namespace OpenAIWorker.Emulator.Shapes;

/// <summary>The vocabulary of request tables.</summary>
static class ShapeWords
{
    public static readonly Shape Flag = new FlagShape();
    public static readonly Shape Anything = new AnyShape(mustBeObject: false);
    public static readonly Shape AnyObject = new AnyShape(mustBeObject: true);

    public static Field Required(string name, Shape shape) => new(name, shape, IsRequired: true);

    public static Field Optional(string name, Shape shape) => new(name, shape, IsRequired: false);

    public static Shape Text(int min = 0, int max = int.MaxValue, Regex? pattern = null) =>
        new TextShape(min, max, pattern);

    public static Shape Choice(params string[] values) => new ChoiceShape(values);

    public static Shape Number(double min, double max) => new NumberShape(min, max, isWhole: false);

    public static Shape Integer(long min = long.MinValue, long max = long.MaxValue) =>
        new NumberShape(min, max, isWhole: true);

    public static Shape ListOf(Shape item, int min = 0, int max = int.MaxValue) => new ListShape(item, min, max);

    public static Shape Map(Shape value, int maxPairs = int.MaxValue, int maxName = int.MaxValue) =>
        new MapShape(value, maxPairs, maxName);

    public static Shape OrNull(Shape shape) => new NullableShape(shape);

    public static Shape OneOf(params Shape[] alternatives) => new OneOfShape(alternatives);

    /// <summary>A number or Boolean in a form or a query, where everything is text.</summary>
    public static Shape Spelled(Shape meant) => new SpelledShape(meant);

    /// <summary>A file of a form.</summary>
    public static Shape UploadedFile(long most) => Record(
        Required("filename", Text(min: 1)), Required("bytes", Integer(min: 0, most)), Optional("content_type", Text()),
        Required("sha256", Text()));

    /// <summary>A form or object whose table depends on its content.</summary>
    public static Shape Chosen(Func<JsonElement, Shape> choose) => new ChosenShape(choose);

    public static RecordShape Record(params Field[] fields) => new(fields, []);

    public static Shape Tagged(string tag, params (string, Shape)[] cases) =>
        new TaggedShape(tag, cases, whenOmitted: null);

    public static Shape Tagged(string tag, Func<JsonElement, string?> whenOmitted, params (string, Shape)[] cases) =>
        new TaggedShape(tag, cases, whenOmitted);
}
